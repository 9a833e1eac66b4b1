"""One plain sentence for each problem code, in the three languages of the screens.

Each tells the fact, then what is safe, then the next step (the look's wording rules). A name in braces stands for the
problem's fact of that name.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from schemas.problems import Code


class Language(StrEnum):
    """The languages of the screens (BCP 47)."""

    ZH_HANT = "zh-Hant"
    ZH_HANS = "zh-Hans"
    EN = "en"


class Sentence(Struct, frozen=True):
    """What a person is told, in each language."""

    zh_hant: str
    zh_hans: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence in one language."""
        return {Language.ZH_HANT: self.zh_hant, Language.ZH_HANS: self.zh_hans, Language.EN: self.en}[language]


SENTENCES: Mapping[Code, Sentence] = MappingProxyType(
    {
        Code.REQUEST_MALFORMED: Sentence(
            "送出的內容讀不懂，什麼都沒有改。重新載入這一頁再做一次。",
            "提交的内容读不懂，什么都没有改。刷新本页再做一次。",
            "The request could not be read. Nothing was changed. Reload the page and do it again.",
        ),
        Code.REQUEST_TOO_LARGE: Sentence(
            "內容太大，沒有收下。分成幾次再送。",
            "内容太大，没有收下。分成几次再传。",
            "Too large to take in; nothing was stored. Send it in several parts.",
        ),
        Code.REQUEST_ENCODING: Sentence(
            "壓縮的內容解不開，什麼都沒有改。再送一次。",
            "压缩的内容解不开，什么都没有改。再传一次。",
            "The compressed content could not be opened. Nothing was changed. Send it again.",
        ),
        Code.REQUEST_NOT_FOUND: Sentence(
            "沒有這個網址。回上一頁。",
            "没有这个网址。返回上一页。",
            "There is no such address. Go back.",
        ),
        Code.REQUEST_METHOD: Sentence(
            "這個網址不能這樣用，什麼都沒有改。回上一頁。",
            "这个网址不能这样用，什么都没有改。返回上一页。",
            "This address does not work that way. Nothing was changed. Go back.",
        ),
        Code.REQUEST_ORIGIN: Sentence(
            "這個要求來自別的網站，沒有執行。從公司的網址重新打開。",
            "这个请求来自别的网站，没有执行。从公司的网址重新打开。",
            "The request came from another site and was not carried out. Open the company's own address.",
        ),
        Code.SESSION_MISSING: Sentence(
            "登入過期了，手邊的紀錄都存好了。重新登入就會送出。",
            "登录过期了，手边的记录都存好了。重新登录就会上传。",
            "The sign-in has expired. Everything captured is safe. Sign in again and it will be sent.",
        ),
        Code.SESSION_WRONG_PASSWORD: Sentence(
            "帳號或密碼不對。再輸入一次，忘了就找管理員重設。",
            "账号或密码不对。再输入一次，忘了就找管理员重置。",
            "Wrong account or password. Type it again, or have the administrator reset it.",
        ),
        Code.SESSION_TOO_MANY_TRIES: Sentence(
            "試了太多次，暫時不能登入。過 15 分鐘再試，或找管理員重設密碼。",
            "试了太多次，暂时不能登录。过 15 分钟再试，或找管理员重置密码。",
            "Too many tries; sign-in is paused. Try again in 15 minutes, or have the password reset.",
        ),
        Code.SESSION_ROLE_MISSING: Sentence(
            "這件事不在你的職務內，什麼都沒有改。要做就交給主任。",
            "这件事不在你的职务内，什么都没有改。要做就交给主任。",
            "Your role does not include this. Nothing was changed. Ask the service manager.",
        ),
        Code.ACCOUNT_LOGIN_TAKEN: Sentence(
            "這個帳號已經有人用。換一個帳號。",
            "这个账号已经有人用。换一个账号。",
            "This account name is taken. Choose another one.",
        ),
        Code.ACCOUNT_LOGIN_UNFIT: Sentence(
            "帳號不能有空格或看不見的字元，沒有儲存。換一個帳號。",
            "账号不能有空格或看不见的字符，没有保存。换一个账号。",
            "An account name has no spaces and no invisible characters; nothing was saved. Choose another one.",
        ),
        Code.ACCOUNT_PASSWORD_WEAK: Sentence(
            "密碼太短或太好猜。換長一點的，用幾個不相干的詞。",
            "密码太短或太好猜。换长一点的，用几个不相干的词。",
            "The password is too short or too easy to guess. Use a longer one of unrelated words.",
        ),
        Code.ACCOUNT_RESET_CODE: Sentence(
            "設定碼不對或已過期。找管理員再要一組。",
            "重置码不对或已过期。找管理员再要一组。",
            "The reset code is wrong or has expired. Ask the administrator for a new one.",
        ),
        Code.ACCOUNT_AUDITOR: Sentence(
            "稽核員只看，不能同時有別的職務。沒有更改。",
            "审计员只看，不能同时有别的职务。没有更改。",
            "An auditor only reads and has no other role. Nothing was changed.",
        ),
        Code.ACCOUNT_LAST_ADMIN: Sentence(
            "這是公司最後一位管理員，什麼都沒有改。先讓另一個人當管理員。",
            "这是公司最后一位管理员，什么都没有改。先让另一个人当管理员。",
            "This is the company's last administrator. Nothing was changed. Make somebody else one first.",
        ),
        Code.DEVICE_UNKNOWN: Sentence(
            "這台裝置還沒登記，手邊的紀錄都存好了。登記後就會送出。",
            "这台设备还没登记，手边的记录都存好了。登记后就会上传。",
            "This device is not enrolled yet. Everything captured is safe and will be sent once it is.",
        ),
        Code.DEVICE_REVOKED: Sentence(
            "這台裝置已停用。送到的紀錄由公司保管，等主任處理。",
            "这台设备已停用。送到的记录由公司保管，等主任处理。",
            "This device has been revoked. What it sent is kept; the service manager decides.",
        ),
        Code.DEVICE_WRONG: Sentence(
            "這批紀錄不是這台裝置寫的，沒有收下。用原來的裝置送。",
            "这批记录不是这台设备写的，没有收下。用原来的设备上传。",
            "These records were not written on this device and were not taken in. Send them from the original one.",
        ),
        Code.DEVICE_KEY: Sentence(
            "裝置的金鑰讀不懂，沒有登記。更新瀏覽器再試。",
            "设备的密钥读不懂，没有登记。更新浏览器再试。",
            "The device's key could not be read; it is not enrolled. Update the browser and try again.",
        ),
        Code.DEVICE_SIGNATURE: Sentence(
            "裝置的簽章對不上，沒有收下，紀錄還在這台裝置。重新登記裝置。",
            "设备的签章对不上，没有收下，记录还在这台设备。重新登记设备。",
            "The device's signature does not match. Nothing was taken in; the records are still here. Enrol again.",
        ),
        Code.DEVICE_NOT_REVOKED: Sentence(
            "這台裝置沒有停用，不必交回。照常登入傳送就可以。",
            "这台设备没有停用，不必交回。照常登录上传就可以。",
            "This device is not revoked, so there is nothing to hand back. Sign in and send as usual.",
        ),
        Code.DEVICE_QUARANTINE_OVER: Sentence(
            "辦公室已經收過這台裝置最後一次的紀錄，不再收新的。沒送出的還在這台裝置，匯出檔案交給辦公室。",
            "办公室已经收过这台设备最后一次的记录，不再收新的。没上传的还在这台设备，导出文件交给办公室。",
            "The office has taken this device's last work and takes no more. What was not sent is still on it; "
            "export the file and hand it to the office.",
        ),
        Code.SYNC_PROTOCOL: Sentence(
            "這個版本太舊，不能傳送。手邊的紀錄都存好了，更新後就會送出。",
            "这个版本太旧，不能上传。手边的记录都存好了，更新后就会上传。",
            "This version is too old to send. Everything captured is safe and will be sent after the update.",
        ),
        Code.SYNC_GAP: Sentence(
            "前面還有幾筆沒送到。手邊的紀錄都存好了，會自動補送。",
            "前面还有几条没传到。手边的记录都存好了，会自动补传。",
            "Earlier records have not arrived yet. Everything captured is safe and will be sent by itself.",
        ),
        Code.SYNC_FORK: Sentence(
            "這台裝置的紀錄和公司收到的對不上。兩邊都留著，會換編號續送。",
            "这台设备的记录和公司收到的对不上。两边都留着，会换编号续传。",
            "This device's records differ from those received. Both are kept; sending goes on under a new number.",
        ),
        Code.SYNC_EPOCH: Sentence(
            "公司的資料還原過。手邊的紀錄都存好了，會自動補送。",
            "公司的数据恢复过。手边的记录都存好了，会自动补传。",
            "The company's data was restored from a backup. Everything here is safe and will be sent again by itself.",
        ),
        Code.SYNC_ACTOR: Sentence(
            "這批紀錄的編號停用了，紀錄還在這台裝置，會換編號再送。",
            "这批记录的编号停用了，记录还在这台设备，会换编号再传。",
            "These records carry a closed number. They are still here and will be sent under a new one.",
        ),
        Code.SYNC_GROUP_CUT: Sentence(
            "一組紀錄少了後半段，沒有收下，紀錄還在這台裝置。會整組再送。",
            "一组记录少了后半段，没有收下，记录还在这台设备。会整组再传。",
            "Part of a group was missing, so none of it was taken in. It is still here and will be sent whole.",
        ),
        Code.SYNC_CURSOR: Sentence(
            "上次更新到哪裡認不出來，資料都還在。會從頭再拿一次。",
            "上次更新到哪里认不出来，数据都还在。会从头再取一次。",
            "The place of the last update is unknown. The data is still here and will be fetched anew.",
        ),
        Code.SYNC_PART: Sentence(
            "先備好的這一份資料換新了，這份沒拿到。會改成一筆一筆拿，資料不會少。",
            "先备好的这一份数据换新了，这份没取到。会改成一条一条取，数据不会少。",
            "This prepared part has been replaced. The data will be fetched row by row instead; nothing is missing.",
        ),
        Code.SYNC_TOO_MANY: Sentence(
            "一次送太多筆，沒有收下，紀錄還在這台裝置。會分批再送。",
            "一次传太多条，没有收下，记录还在这台设备。会分批再传。",
            "Too many records at once; none was taken in. They are still here and will be sent in parts.",
        ),
        Code.SYNC_RE_OFFER: Sentence(
            "補送的紀錄驗不過，沒有收下，原件還在這台裝置。找管理員看。",
            "补传的记录验不过，没有收下，原件还在这台设备。找管理员看。",
            "The records offered again could not be verified. The originals are still here. Ask the administrator.",
        ),
        Code.OPERATION_MALFORMED: Sentence(
            "這一筆存好了，但內容讀不懂，還沒套用。等管理員處理。",
            "这一条存好了，但内容读不懂，还没应用。等管理员处理。",
            "This is safe, but it could not be read and is not applied yet. The administrator decides.",
        ),
        Code.OPERATION_TEXT: Sentence(
            "這一筆存好了，但有壞掉的字，還沒套用。重新輸入那一欄。",
            "这一条存好了，但有损坏的字，还没应用。重新输入那一栏。",
            "This is safe, but it holds broken characters and is not applied yet. Type that field again.",
        ),
        Code.OPERATION_KIND: Sentence(
            "這一筆存好了，但公司的系統還不認得這種資料，更新後再套用。",
            "这一条存好了，但公司的系统还不认得这种数据，更新后再应用。",
            "This is safe, but the server does not know this kind of record yet. It is applied after its update.",
        ),
        Code.OPERATION_FIELD: Sentence(
            "這一筆存好了，但公司的系統還不認得其中一欄，更新後再套用。",
            "这一条存好了，但公司的系统还不认得其中一栏，更新后再应用。",
            "This is safe, but the server does not know one of its fields yet. It is applied after its update.",
        ),
        Code.OPERATION_VALUE: Sentence(
            "這一筆存好了，但有一欄的值不合規定，還沒套用。改好那一欄再存。",
            "这一条存好了，但有一栏的值不合规定，还没应用。改好那一栏再存。",
            "This is safe, but one value does not fit its field and is not applied. Correct it and save again.",
        ),
        Code.OPERATION_SCHEMA: Sentence(
            "這一筆存好了，但寫的版本比公司的系統新，更新後再套用。",
            "这一条存好了，但写的版本比公司的系统新，更新后再应用。",
            "This is safe, but it was written by a newer version than the server's. It is applied after its update.",
        ),
        Code.OPERATION_BASE: Sentence(
            "這一筆存好了，但查不出改之前看到的是什麼，等主任決定。",
            "这一条存好了，但查不出改之前看到的是什么，等主任决定。",
            "This is safe, but what its author had seen cannot be told. The service manager decides.",
        ),
        Code.OPERATION_RIGHT: Sentence(
            "這一筆存好了，但你的職務不能改這一欄，等主任決定。",
            "这一条存好了，但你的职务不能改这一栏，等主任决定。",
            "This is safe, but your role may not change this field. The service manager decides.",
        ),
        Code.OPERATION_SCOPE: Sentence(
            "這一筆存好了，但不在你的單位，等主任決定。",
            "这一条存好了，但不在你的单位，等主任决定。",
            "This is safe, but it is not in your unit. The service manager decides.",
        ),
        Code.OPERATION_SIGNATURE: Sentence(
            "這一筆存好了，但簽名和簽的內容對不上，等主任查看。",
            "这一条存好了，但签名和签的内容对不上，等主任查看。",
            "This is safe, but the signature does not match what was signed. The service manager looks into it.",
        ),
        Code.OPERATION_FIXED: Sentence(
            "這一筆存好了，但登記過的叫修，登記的時間和人不能改，叫修時間要在叫修的頁面寫原因更正，等主任決定。",
            "这一条存好了，但登记过的报修，登记的时间和人不能改，报修时间要在报修的页面写原因更正，等主任决定。",
            "This is safe, but when and by whom a call was logged stays as it is, and when it came in is corrected on "
            "its page with a reason. The service manager decides.",
        ),
        Code.OPERATION_SIGNED: Sentence(
            "這一筆存好了，但客戶簽名後，類別只有主任能寫原因更改，等主任決定。",
            "这一条存好了，但客户签名后，类别只有主任能写原因更改，等主任决定。",
            "This is safe, but once the customer signed, only the service manager changes the category, with a reason. "
            "The service manager decides.",
        ),
        Code.OPERATION_GROUP: Sentence(
            "這一組存好了，但其中一筆有問題，整組還沒套用，等主任決定。",
            "这一组存好了，但其中一条有问题，整组还没应用，等主任决定。",
            "This group is safe, but one of its records is at fault and none is applied. The service manager decides.",
        ),
        Code.OPERATION_QUARANTINE: Sentence(
            "裝置停用後才送到，內容沒有少，等服務主任決定要不要放行。",
            "设备停用后才送到，内容没有少，等服务主管决定要不要放行。",
            "It arrived after the device was revoked. Nothing is missing; the service manager decides about it.",
        ),
        Code.OPERATION_ERASED: Sentence(
            "這一筆存好了，但客戶的個資已依要求刪除，寫的時候還不知道。還沒套用，等主任決定。",
            "这一条保存好了，但客户的个人信息已按要求删除，写的时候还不知道。还没套用，等主任决定。",
            "This is safe, but the customer’s personal data was erased meanwhile; it is not applied. The service "
            "manager decides.",
        ),
        Code.BLOB_HASH: Sentence(
            "檔案在路上損壞，沒有收下，原件還在這台裝置。會再送一次。",
            "文件在路上损坏，没有收下，原件还在这台设备。会再传一次。",
            "The file was damaged on its way. The original is still here and will be sent again.",
        ),
        Code.BLOB_TYPE: Sentence(
            "不收這種檔案，原件還在這台裝置。改用照片再送。",
            "不收这种文件，原件还在这台设备。改用照片再传。",
            "Files of this type are not taken in. The original is still here. Send a photo instead.",
        ),
        Code.BLOB_MISSING: Sentence(
            "檔案還沒送到，還在寫的那台裝置。等它連上網路。",
            "文件还没传到，还在写的那台设备。等它连上网络。",
            "The file has not arrived; it is still on the device that made it. Wait until that is online.",
        ),
        Code.BLOB_IMAGE: Sentence(
            "這個圖檔打不開，或畫素太多，沒有收下，原件還在這台裝置。改拍一張。",
            "这个图片打不开，或像素太多，没有收下，原件还在这台设备。改拍一张。",
            "The image cannot be read or has too many pixels. The original is still here. Take another photo.",
        ),
        Code.BLOB_METADATA: Sentence(
            "圖檔裡藏有地點或轉向，沒有收下，原件還在這台裝置。用 Fieldproof 的相機再拍。",
            "图片里藏有地点或旋转信息，没有收下，原件还在这台设备。用 Fieldproof 的相机再拍。",
            "The image hides a place or a turn. The original is still here. Take it again with the app's camera.",
        ),
        Code.UPLOAD_MISSING: Sentence(
            "這次上傳已經過期或結束，檔案還在這台裝置。會從頭再送。",
            "这次上传已经过期或结束，文件还在这台设备。会从头再传。",
            "This upload has expired or ended. The file is still here and will be sent from its beginning.",
        ),
        Code.UPLOAD_OFFSET: Sentence(
            "續傳的位置不對，沒有收下這一段，檔案還在這台裝置。會從正確的位置再送。",
            "续传的位置不对，没有收下这一段，文件还在这台设备。会从正确的位置再传。",
            "This part does not follow what has arrived. The file is still here and goes on from where it stands.",
        ),
        Code.UPLOAD_BUSY: Sentence(
            "同一個檔案正在上傳，已送到的都在。等一下會再送。",
            "同一个文件正在上传，已传到的都在。等一下会再传。",
            "The same file is being uploaded already. What has arrived is kept. It will be sent again in a moment.",
        ),
        Code.UPLOAD_VERSION: Sentence(
            "上傳的方式和公司的不同，檔案還在這台裝置。更新程式再送。",
            "上传的方式和公司的不同，文件还在这台设备。更新程序再传。",
            "The office does not speak this way of uploading. The file is still here. Update the app, then send it.",
        ),
        Code.RECORD_MISSING: Sentence(
            "找不到這一筆，可能刪除了或在別的單位。",
            "找不到这一条，可能删除了或在别的单位。",
            "There is no such record. It may have been deleted, or belong to another unit.",
        ),
        Code.CUSTOMER_NAME: Sentence(
            "打的名稱和客戶的名稱不一樣，什麼都沒有刪。照畫面上的名稱再打一次。",
            "输入的名称和客户的名称不一样，什么都没有删。照页面上的名称再输入一次。",
            "What was typed is not the customer’s name. Nothing was erased. Type the name as it is shown.",
        ),
        Code.CUSTOMER_OPEN_CALL: Sentence(
            "這位客戶還有沒結案的叫修，什麼都沒有刪。先結案或撤銷。",
            "这位客户还有没结案的报修，什么都没有删。先结案或撤销。",
            "A call of this customer is still open. Nothing was erased. Close or withdraw it first.",
        ),
        Code.CUSTOMER_OWES: Sentence(
            "這位客戶還有帳款未結的叫修，刪了就不知道向誰收，什麼都沒有刪。收清了或不再收，先勾選再刪。",
            "这位客户还有账款未结的报修，删了就不知道向谁收，什么都没有删。收清了或不再收，先勾选再删。",
            "A closed call of this customer is unsettled, and nobody would know whom to bill. Nothing was erased. Tick "
            "that it is settled first.",
        ),
        Code.CUSTOMER_HELD: Sentence(
            "這位客戶還有紀錄在待決定，什麼都沒有刪。先在待決定處理完。",
            "这位客户还有记录在待决定，什么都没有删。先在待决定处理完。",
            "An entry about this customer waits for a decision. Nothing was erased. Decide about it first.",
        ),
        Code.CUSTOMER_CONTRACT: Sentence(
            "這位客戶的保養契約還有效，什麼都沒有刪。契約到期或改了迄日再刪。",
            "这位客户的保养合同还有效，什么都没有删。合同到期或改了结束日再删。",
            "A maintenance contract of this customer still runs. Nothing was erased. Wait until it ends, or end it.",
        ),
        Code.CUSTOMER_ERASED: Sentence(
            "這位客戶的個資已經刪除了，不能再刪，也不能合併。",
            "这位客户的个人信息已经删除了，不能再删，也不能合并。",
            "This customer’s personal data was erased. It cannot be erased again, nor can the customer be merged.",
        ),
        Code.STATE_FORBIDS: Sentence(
            "現在的狀態不能做這件事，什麼都沒有改。先看最新的狀態。",
            "现在的状态不能做这件事，什么都没有改。先看最新的状态。",
            "The present state does not allow this. Nothing was changed. Look at the latest state first.",
        ),
        Code.CALL_NO_CUSTOMER: Sentence(
            "這筆叫修還沒有客戶。先選客戶，或新增一位。",
            "这条报修还没有客户。先选客户，或新增一位。",
            "This call has no customer yet. Choose one, or add one.",
        ),
        Code.CALL_RECEIVED_AT: Sentence(
            "叫修時間沒有改。要在登記前 30 天內，不能比現在、登記或到達晚。",
            "报修时间没有改。要在登记前 30 天内，不能比现在、登记或到达晚。",
            "When the call came in was not changed. It lies within the 30 days before it was logged, and not after "
            "now, the logging or an arrival.",
        ),
        Code.CALL_DAY_CHANGED: Sentence(
            "清單剛有變動，還沒有簽。等畫面更新，看過現在的清單再簽。",
            "清单刚有变动，还没有签。等画面更新，看过现在的清单再签。",
            "The lists have just changed, and nothing was signed. Wait until they are here, look at them, then sign.",
        ),
        Code.CALL_OTHER_CUSTOMER: Sentence(
            "這兩件不是同一個單位、同一位客戶的叫修，什麼都沒有改。選這位客戶的另一件。",
            "这两件不是同一个单位、同一位客户的报修，什么都没有改。选这位客户的另一件。",
            "These are not two calls of one unit and one customer. Nothing was changed. Choose another call of this "
            "customer.",
        ),
        Code.CALL_NOT_STANDING: Sentence(
            "選的那一件已經撤銷，或和別件相同，什麼都沒有改。選還算數的那一件。",
            "选的那一件已经撤销，或和别件相同，什么都没有改。选还算数的那一件。",
            "The other call was withdrawn, or is a duplicate itself. Nothing was changed. Choose the call that stands.",
        ),
        Code.CALL_NO_ASSET: Sentence(
            "這筆叫修還沒有商品，沒有派工。先選商品，或新增一台。",
            "这条报修还没有商品，没有派工。先选商品，或新增一台。",
            "This call has no product yet. Nothing was dispatched. Choose one, or add one.",
        ),
        Code.DISPATCH_NOT_A_TECHNICIAN: Sentence(
            "這個人不是這個單位的技術員，沒有派工。改派別人。",
            "这个人不是这个单位的技术员，没有派工。改派别人。",
            "This person is not a technician of the unit. Nothing was dispatched. Choose somebody else.",
        ),
        Code.DISPATCH_TWICE: Sentence(
            "這筆叫修已經派給這位技術員，沒有再派一次。",
            "这条报修已经派给这位技术员，没有再派一次。",
            "The call is already dispatched to this technician. It was not dispatched again.",
        ),
        Code.ACTING_ONLY: Sentence(
            "代理主任不能再指定別人代理，沒有變更。請主任本人、經理、服務部或系統管理員指定。",
            "代理主任不能再指定别人代理，没有变更。请主任本人、经理、服务部或系统管理员指定。",
            "An acting manager appoints nobody. Nothing was changed. Ask the manager, the branch manager, the service "
            "department or an administrator.",
        ),
        Code.ACTING_TIMES: Sentence(
            "代理的起訖不對，沒有指定。結束要在開始之後，而且還沒過。",
            "代理的起止不对，没有指定。结束要在开始之后，而且还没过。",
            "These times cannot be. Nobody was appointed. The end has to be after the start, and still to come.",
        ),
        Code.ACTING_NOT_A_MANAGER: Sentence(
            "要代理的人不是這個單位的服務主任，沒有指定。選這個單位的主任。",
            "要代理的人不是这个单位的服务主任，没有指定。选这个单位的主任。",
            "Nobody was appointed: the person to act for is not a service manager of this unit. Choose one who is.",
        ),
        Code.ACTING_UNFIT: Sentence(
            "這個人不能代理，沒有指定。選同單位、還在用、不是主任，而且這段時間沒有在代理的人。",
            "这个人不能代理，没有指定。选同单位、还在用、不是主任，而且这段时间没有在代理的人。",
            "This person cannot act. Nobody was appointed. Choose somebody of the unit who has an account, is no "
            "manager, and does not act at that time already.",
        ),
        Code.ACTING_ENDED: Sentence(
            "這次代理已經結束，沒有再變更。",
            "这次代理已经结束，没有再变更。",
            "This person does not act any more. Nothing was changed.",
        ),
        Code.CALENDAR_HOURS: Sentence(
            "服務時間的起訖不對，沒有儲存。每一段要先開始後結束，段與段不能重疊，最晚到 24:00。",
            "服务时间的起止不对，没有保存。每一段要先开始后结束，段与段不能重叠，最晚到 24:00。",
            "The hours are not right; nothing was saved. Each stretch must end after it begins, none may overlap, and "
            "none may go past 24:00.",
        ),
        Code.CALENDAR_DATE: Sentence(
            "沒有 {date} 這一天，行事曆沒有改。選一個有的日期。",
            "没有 {date} 这一天，日历没有改。选一个有的日期。",
            "There is no {date}. The calendar was not changed. Choose a date that exists.",
        ),
        Code.CALENDAR_YEAR: Sentence(
            "還沒有 {year} 年的國定假日資料，行事曆沒有改。逐日加入，或等更新後再載入。",
            "还没有 {year} 年的法定假日资料，日历没有改。逐日添加，或等更新后再载入。",
            "The public holidays of {year} are not known yet. The calendar was not changed. Add the days yourself, or "
            "load them after an update.",
        ),
        Code.CALENDAR_TOO_FAR: Sentence(
            "日期要在 {first} 到 {last} 年之間，行事曆沒有改。檢查年份。",
            "日期要在 {first} 到 {last} 年之间，日历没有改。检查年份。",
            "A date lies in the years {first} to {last}. The calendar was not changed. Check the year.",
        ),
        Code.CALENDAR_DISTRICT: Sentence(
            "地區名稱是空的，沒有儲存。輸入鄉鎮市區的名稱，例如板橋區。",
            "地区名称是空的，没有保存。输入乡镇市区的名称，例如板桥区。",
            "The district has no name; nothing was saved. Type its name, for example 板橋區.",
        ),
        Code.UNIT_CODE_TAKEN: Sentence(
            "別的單位已經用代號 {prefix}，沒有儲存。換一個代號。",
            "别的单位已经用代号 {prefix}，没有保存。换一个代号。",
            "Another unit has the code {prefix}; nothing was saved. Choose another code.",
        ),
        Code.UNIT_CODE_USED: Sentence(
            "這個單位已經有用代號 {prefix} 開頭的號碼，代號不能再改，沒有儲存。要另一個代號就新增單位。",
            "这个单位已经有用代号 {prefix} 开头的号码，代号不能再改，没有保存。要另一个代号就新增单位。",
            "Numbers of this unit begin with {prefix} already, so its code stays; nothing was saved. For another code "
            "add another unit.",
        ),
        Code.UNIT_TIME_ZONE: Sentence(
            "沒有 {zone} 這個時區，沒有儲存。從清單選一個。",
            "没有 {zone} 这个时区，没有保存。从列表选一个。",
            "There is no time zone {zone}; nothing was saved. Choose one from the list.",
        ),
        Code.UNIT_PHONE: Sentence(
            "電話至少要有 5 個數字，沒有儲存。改好電話，或留空白。",
            "电话至少要有 5 个数字，没有保存。改好电话，或留空白。",
            "A telephone number has at least 5 digits; nothing was saved. Correct it or leave it empty.",
        ),
        Code.NAME_UNSEEN: Sentence(
            "名稱裡沒有看得見的字，沒有儲存。輸入名稱。",
            "名称里没有看得见的字，没有保存。输入名称。",
            "Nothing of the name can be seen; nothing was saved. Type a name.",
        ),
        Code.CALL_BREACH_REASON: Sentence(
            "到達超過時限，還沒有寫原因，叫修沒有結案。先選逾時原因。",
            "到达超过时限，还没有写原因，报修没有结案。先选超时原因。",
            "The arrival was late and nobody has said why. The call was not closed. Choose the reason first.",
        ),
        Code.VOUCHER_CHECKED_OUT: Sentence(
            "服務憑證已經攜出，不能再攜出一次。先看在誰那裡。",
            "服务凭证已经携出，不能再携出一次。先看在谁那里。",
            "The voucher is checked out and cannot be checked out again. See who has it.",
        ),
        Code.MERGE_SAME: Sentence(
            "這兩筆已經是同一筆，沒有合併。選另一筆。",
            "这两条已经是同一条，没有合并。选另一条。",
            "These two are one already. Nothing was merged. Choose another one.",
        ),
        Code.MERGE_ALREADY: Sentence(
            "這一筆已經合併到別筆，沒有再合併一次。要改的話先復原。",
            "这一条已经合并到别条，没有再合并一次。要改的话先撤销合并。",
            "This one was merged already. It was not merged again. To change that, undo the merge first.",
        ),
        Code.MERGE_OTHER_UNIT: Sentence(
            "這兩筆不在同一個單位，沒有合併。只有同一個單位的才能合併。",
            "这两条不在同一个单位，没有合并。只有同一个单位的才能合并。",
            "These two belong to different units. Nothing was merged. Only records of one unit can be merged.",
        ),
        Code.MERGE_OTHER_CUSTOMER: Sentence(
            "這兩件商品在不同客戶名下，沒有合併。客戶如果是同一位，先合併客戶。",
            "这两件商品在不同客户名下，没有合并。客户如果是同一位，先合并客户。",
            "These two products belong to different customers. Nothing was merged. If it is one customer, merge the "
            "customers first.",
        ),
        Code.MERGE_VOUCHER_OUT: Sentence(
            "技術員正帶著這張服務憑證在外面，什麼都沒有改。等憑證歸檔，或先取消派工。",
            "技术员正带着这张服务凭证在外面，什么都没有改。等凭证归档，或先取消派工。",
            "A technician is out with this voucher. Nothing was changed. Wait until it is filed, or cancel the "
            "dispatch first.",
        ),
        Code.MERGE_NOT_MERGED: Sentence(
            "這一筆現在沒有合併到別筆，沒有可以復原的。",
            "这一条现在没有合并到别条，没有可以撤销的。",
            "This one is not merged now. There is nothing to undo.",
        ),
        Code.MERGE_PRODUCTS_JOINED: Sentence(
            "這兩位客戶的商品也合併了，客戶沒有復原。先復原商品的合併。",
            "这两位客户的商品也合并了，客户没有撤销合并。先撤销商品的合并。",
            "Products of these two customers were merged as well. The customers were not separated. Undo the merge of "
            "the products first.",
        ),
        Code.VISIT_NOT_FINISHED: Sentence(
            "服務紀錄還沒完成，不能結案。等技術員完成。",
            "服务记录还没完成，不能结案。等技术员完成。",
            "The visit is not finished, so the call cannot be closed. Wait for the technician.",
        ),
        Code.VISIT_UNSIGNED: Sentence(
            "客戶還沒簽名，不能結案。請客戶簽名，或選沒簽的原因。",
            "客户还没签名，不能结案。请客户签名，或选没签的原因。",
            "The customer has not signed, so the call cannot be closed. Have it signed, or give the reason.",
        ),
        Code.COPY_MISSING: Sentence(
            "這份副本還看不到：技術員的手機可能還沒連上網路，或連結已經收回。晚一點再打開，或打電話給服務中心。",
            "这份副本还看不到：技术员的手机可能还没连上网络，或链接已经收回。晚一点再打开，或打电话给服务中心。",
            "This copy cannot be seen yet: the technician's phone may still be offline, or the link was taken back. "
            "Open it later, or call the service centre.",
        ),
        Code.COPY_EXPIRED: Sentence(
            "這個連結已經過期。打電話給服務中心，請他們再給一個。",
            "这个链接已经过期。打电话给服务中心，请他们再给一个。",
            "This link has expired. Call the service centre for another one.",
        ),
        Code.COPY_ERASED: Sentence(
            "這份副本的內容已依客戶要求刪除。有問題請打電話給服務中心。",
            "这份副本的内容已按客户要求删除。有问题请打电话给服务中心。",
            "What this copy showed was erased at the customer’s request. Call the service centre with any question.",
        ),
        Code.VISIT_UNCONFIRMED: Sentence(
            "客戶沒簽，服務主任還沒確認，不能結案。請主任先確認。",
            "客户没签，服务主任还没确认，不能结案。请主任先确认。",
            "The customer did not sign and the service manager has not confirmed it, so the call cannot be closed. "
            "Have the manager confirm it first.",
        ),
        Code.VISIT_NO_PHOTO: Sentence(
            "這次服務沒有現場照片，沒有確認。寫下怎麼確認的，再確認一次。",
            "这次服务没有现场照片，没有确认。写下怎么确认的，再确认一次。",
            "The visit has no photo, so it was not confirmed. Write down how you made sure, then confirm again.",
        ),
        Code.VISIT_OWN: Sentence(
            "這是你自己去的，要請別的主任確認。",
            "这是你自己去的，要请别的主任确认。",
            "You made this visit yourself. Another manager has to confirm it.",
        ),
        Code.VISIT_CHANGED: Sentence(
            "這次服務的內容剛改過，沒有確認。看過現在的內容再確認。",
            "这次服务的内容刚改过，没有确认。看过现在的内容再确认。",
            "What this visit says has just changed, so nothing was confirmed. Read it as it stands, then confirm it.",
        ),
        Code.VISIT_CATEGORY: Sentence(
            "叫修當天保證已到期，或商品沒有有效的保養契約，服務紀錄不能是這個類別。請服務主任更正類別，或補登契約、保證日期。",
            "报修当天保修已到期，或商品没有有效的保养合同，服务记录不能是这个类别。请服务主任更正类别，或补登合同、保修日期。",
            "On the day of the call the warranty had ended, or no maintenance contract covered the product: the visit "
            "cannot have this category. Correct the category, or enter the contract or the warranty.",
        ),
        Code.VISIT_NO_CATEGORY: Sentence(
            "服務紀錄沒有類別。請選有費、契約或免費。",
            "服务记录没有类别。请选收费、合同或免费。",
            "The visit has no category. Choose paid, contract or warranty.",
        ),
        Code.VISIT_FREE_WITH_FEE: Sentence(
            "免費服務不能收費。要收費就改成有費並寫原因，不收就把費用改成 0。",
            "免费服务不能收费。要收费就改成收费并写原因，不收就把费用改成 0。",
            "A free visit cannot have a fee. Make it a paid one and say why, or set the fee to 0.",
        ),
        Code.VISIT_CATEGORY_REASON: Sentence(
            "商品還在保證期內，改為有費要寫原因，例如客戶損壞。請在服務紀錄寫上原因。",
            "商品还在保修期内，改为收费要写原因，例如客户损坏。请在服务记录写上原因。",
            "The product is under warranty: to charge for it needs a reason, such as damage by the customer. "
            "Write it in the visit.",
        ),
        Code.VISIT_CHANGED_AFTER_SIGNING: Sentence(
            "簽名後內容改過，不能結案。請客戶重簽。",
            "签名后内容改过，不能结案。请客户重签。",
            "The entry was changed after signing, so the call cannot be closed. Have it signed again.",
        ),
        Code.REASON_MISSING: Sentence(
            "這件事要寫原因，什麼都沒有改。寫了再做。",
            "这件事要写原因，什么都没有改。写了再做。",
            "This needs a reason. Nothing was changed. Give one and do it again.",
        ),
        Code.HELD_NOT_OPEN: Sentence(
            "這一筆已經有人處理過，沒有再做一次。",
            "这一条已经有人处理过，没有再做一次。",
            "Somebody has already decided about this. It was not done again.",
        ),
        Code.HELD_NOTHING_TO_APPLY: Sentence(
            "這一筆裡沒有你可以套用的內容，原件會一直留著。退回，請寫的人重做。",
            "这一条里没有你可以应用的内容，原件会一直留着。退回，请写的人重做。",
            "Nothing in this record can be applied by you. The original is kept. Reject it and have it written again.",
        ),
        Code.HELD_SIGNATURE: Sentence(
            "簽名不能由別人代為套用，原件會一直留著。退回，請客戶重簽。",
            "签名不能由别人代为应用，原件会一直留着。退回，请客户重签。",
            "Nobody can apply a signature for somebody else. The original is kept. Reject it and have it signed again.",
        ),
        Code.HELD_NOT_QUARANTINED: Sentence(
            "這一筆有別的問題，不能照原樣放行。可以由你具名套用，或退回。",
            "这一条有别的问题，不能照原样放行。可以由你具名采用，或退回。",
            "Something else is wrong with this entry, so it cannot be released as it is. Apply it in your own name, "
            "or reject it.",
        ),
        Code.RESCUE_UNKNOWN: Sentence(
            "這不是 Fieldproof 匯出的檔，什麼都沒有改。換一個檔。",
            "这不是 Fieldproof 导出的文件，什么都没有改。换一个文件。",
            "This is not a file that Fieldproof exported. Nothing was changed. Choose another file.",
        ),
        Code.RESCUE_UNSEALED: Sentence(
            "這是舊版匯出的檔，沒有封緘也沒有簽署，不能收。紀錄還在手機，更新後再匯出一次。",
            "这是旧版导出的文件，没有封缄也没有签署，不能收。记录还在手机，更新后再导出一次。",
            "An older version exported this file without a seal or a signature, so it cannot be taken in. The work is "
            "still on the phone; update it and export again.",
        ),
        Code.RESCUE_VERSION: Sentence(
            "這是較新版本匯出的檔，這裡還讀不懂，什麼都沒有改。先更新辦公室的系統。",
            "这是较新版本导出的文件，这里还读不懂，什么都没有改。先更新办公室的系统。",
            "A newer version exported this file. Nothing was changed. Update the office first.",
        ),
        Code.RESCUE_FOREIGN: Sentence(
            "這個檔不是這家公司、或不是你單位的裝置匯出的，打不開，什麼都沒有改。",
            "这个文件不是这家公司、或不是你单位的设备导出的，打不开，什么都没有改。",
            "This file was exported by a device of another company or unit. It cannot be opened; nothing was changed.",
        ),
        Code.RESCUE_DAMAGED: Sentence(
            "這個檔不完整或被改過，什麼都沒有收。紀錄還在手機，再匯出一次。",
            "这个文件不完整或被改过，什么都没有收。记录还在手机，再导出一次。",
            "This file is incomplete or was changed. Nothing was taken in. The work is still on the phone; "
            "export again.",
        ),
        Code.RESCUE_GAP: Sentence(
            "這個檔之前還有一份沒收進來，什麼都沒有改。先收較早的檔，或讓手機連線一次。",
            "这个文件之前还有一份没收进来，什么都没有改。先收较早的文件，或让手机联网一次。",
            "Something that comes before this file is missing. Nothing was changed. Take in the earlier file first, or "
            "let the phone connect once.",
        ),
        Code.RESCUE_NO_KEY: Sentence(
            "還不能匯出：這台裝置還沒拿到辦公室的公鑰。紀錄都在，連上網路登入一次就可以。",
            "还不能导出：这台设备还没拿到办公室的公钥。记录都在，联网登录一次就可以。",
            "Not exported yet: this device has never learned the office's key. Nothing is lost; sign in once online.",
        ),
        Code.NOTICE_NOT_OPEN: Sentence(
            "這件已經沒有要結的了，什麼都沒有改。重新整理看現在的情形。",
            "这件已经没有要结的了，什么都没有改。刷新看现在的情形。",
            "There is nothing open here any more. Nothing was changed. Reload to see how it stands.",
        ),
        Code.IMPORT_FORMAT: Sentence(
            "這個檔不是 CSV，也不是好的 Excel 檔，什麼都沒有改。用 Excel 打開，另存成 .xlsx 或 CSV 再選一次。",
            "这个文件不是 CSV，也不是好的 Excel 文件，什么都没有改。用 Excel 打开，另存为 .xlsx 或 CSV 再选一次。",
            "This file is neither CSV nor a sound Excel file. Nothing was changed. Open it in Excel, save it as .xlsx "
            "or CSV, and choose it again.",
        ),
        Code.IMPORT_OLD_EXCEL: Sentence(
            "這是舊版 .xls，或加了密碼的檔，什麼都沒有改。用 Excel 打開，另存成沒有密碼的 .xlsx 再選一次。",
            "这是旧版 .xls，或加了密码的文件，什么都没有改。用 Excel 打开，另存为没有密码的 .xlsx 再选一次。",
            "This is an old .xls, or has a password. Nothing was changed. Open it in Excel, save it as .xlsx without a "
            "password, and choose it again.",
        ),
        Code.IMPORT_ENCODING: Sentence(
            "檔裡的字讀不出來，不是 UTF-8、Big5 也不是 GBK，什麼都沒有改。用 Excel 另存成「CSV UTF-8」再選一次。",
            "文件里的字读不出来，不是 UTF-8、Big5，也不是 GBK，什么都没有改。用 Excel 另存为“CSV UTF-8”再选一次。",
            "The text is not in UTF-8, Big5 or GBK. Nothing was changed. Save it from Excel as “CSV UTF-8” and choose "
            "it again.",
        ),
        Code.IMPORT_EMPTY: Sentence(
            "檔裡沒有資料列，什麼都沒有改。看看資料是不是在第一張工作表。",
            "文件里没有数据行，什么都没有改。看看数据是不是在第一张工作表。",
            "The file has no rows. Nothing was changed. See whether they stand on the first sheet.",
        ),
        Code.IMPORT_HEADINGS: Sentence(
            "找不到標題列，什麼都沒有改。第一列要有「{heading}」，照範本的標題改好再選一次。",
            "找不到标题行，什么都没有改。第一行要有“{heading}”，照模板的标题改好再选一次。",
            "There is no row of headings. Nothing was changed. The first row needs {heading}; take the template's "
            "headings and choose it again.",
        ),
        Code.IMPORT_HEADING_TWICE: Sentence(
            "「{first}」和「{second}」是同一種資料，什麼都沒有改。拿掉一欄，或把它改成別的標題再選一次。",
            "“{first}”和“{second}”是同一种数据，什么都没有改。去掉一列，或把它改成别的标题再选一次。",
            "“{first}” and “{second}” mean the same. Nothing was changed. Remove or rename one and choose it again.",
        ),
        Code.IMPORT_ROWS: Sentence(
            "超過 {limit} 列，什麼都沒有改。分成幾個檔再匯入。",
            "超过 {limit} 行，什么都没有改。分成几个文件再导入。",
            "More than {limit} rows. Nothing was changed. Split the file.",
        ),
        Code.IMPORT_COLUMNS: Sentence(
            "超過 {limit} 欄，什麼都沒有改。拿掉用不到的欄再選一次。",
            "超过 {limit} 列，什么都没有改。去掉用不到的列再选一次。",
            "More than {limit} columns. Nothing was changed. Remove those that are not needed.",
        ),
        Code.IMPORT_UNPACKED: Sentence(
            "Excel 檔解開後太大，什麼都沒有改。只留要匯入的工作表，或另存成 CSV。",
            "Excel 文件解开后太大，什么都没有改。只留要导入的工作表，或另存为 CSV。",
            "The workbook is too large once unpacked. Nothing was changed. Keep the one sheet, or save it as CSV.",
        ),
        Code.IMPORT_WRONG_ROWS: Sentence(
            "有 {count} 列有錯，整份都沒有匯入。改好再選一次，或勾選略過有錯的列。",
            "有 {count} 行有错，整份都没有导入。改好再选一次，或勾选略过有错的行。",
            "{count} rows have errors, so nothing was imported. Mend them, or choose to leave them out.",
        ),
        Code.SETUP_DONE: Sentence(
            "公司已經建好了，什麼都沒有改。直接登入。",
            "公司已经建好了，什么都没有改。直接登录。",
            "The company is already set up. Nothing was changed. Sign in.",
        ),
        Code.SETUP_CODE: Sentence(
            "一次性代碼不對。看系統啟動時印出的那一組。",
            "一次性代码不对。看系统启动时打印的那一组。",
            "The setup code is wrong. Use the one that was printed when the system started.",
        ),
        Code.SERVER_BUSY: Sentence(
            "公司的系統正忙，這次沒有收下，存好的紀錄都在。過一會兒再試。",
            "公司的系统正忙，这次没有收下，存好的记录都在。过一会儿再试。",
            "The server is busy and took nothing in this time. What was saved is safe. Try again in a moment.",
        ),
        Code.SERVER_DEFECT: Sentence(
            "公司的系統出錯，已經記下，存好的紀錄都在。過一會兒再試。",
            "公司的系统出错，已经记下，存好的记录都在。过一会儿再试。",
            "The server met a defect and noted it. What was saved is safe. Try again in a moment.",
        ),
    }
)
"""Code to sentence, total over ``Code``."""
